use super::Walk;

impl Walk {
    pub fn access_lists(&self) {}
}
