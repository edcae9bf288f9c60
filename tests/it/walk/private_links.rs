use super::Walk;

impl Walk {
    pub fn private_links(&self) {}
}
