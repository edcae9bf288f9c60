use super::Walk;

impl Walk {
    pub fn events(&self) {}
}
