use super::Walk;

impl Walk {
    pub fn processors(&self) {}
}
