use super::Walk;

impl Walk {
    pub fn connections(&self) {}
}
