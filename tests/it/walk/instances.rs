use super::Walk;

impl Walk {
    pub fn instances(&self) {}
}
