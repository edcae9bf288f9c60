use super::Walk;

impl Walk {
    pub fn peerings(&self) {}
}
