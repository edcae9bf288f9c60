use super::Walk;

impl Walk {
    pub fn members(&self) {}
}
