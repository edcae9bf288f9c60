use super::*;
use crate::atlas::Settings;

fn client() -> Client {
    Client::new(Settings::new("http://127.0.0.1:9".parse().unwrap())).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_waits_grow_and_end() {
    let (client, began) = (client(), Instant::now());
    let mut settling = Settling::default();
    let mut at = Vec::new();
    while settling.pause(&client, LONGEST).await {
        at.push(began.elapsed().as_millis());
    }
    assert_eq!(at, [250, 750, 1750, 3750, 5750, 7750, 9750]);
    assert!(!settling.pause(&client, LONGEST).await, "it does not begin again");
    let mut short = Settling::default();
    let began = Instant::now();
    while short.pause(&client, Duration::from_secs(2)).await {}
    assert_eq!(began.elapsed().as_millis(), 1750);
}

#[tokio::test(start_paused = true)]
async fn what_the_requests_take_counts() {
    let client = client();
    let mut settling = Settling::default();
    assert!(settling.pause(&client, LONGEST).await);
    tokio::time::sleep(LONGEST).await;
    assert!(!settling.pause(&client, LONGEST).await);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_after_an_interruption() {
    let client = client();
    client.stop_waiting();
    assert!(!Settling::default().pause(&client, LONGEST).await);
}
