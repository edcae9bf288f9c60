use super::*;

fn left(count: u64) -> HeaderMap {
    HeaderMap::from_iter([("ratelimit-remaining".parse().unwrap(), count.into())])
}

async fn waits(pacer: &Pacer) -> bool {
    let permit = pacer.permit("groups/p/streams".to_owned());
    tokio::time::timeout(Duration::from_millis(20), permit).await.is_err()
}

#[tokio::test]
async fn what_is_left_is_shared_with_what_is_in_flight() {
    let pacer = Pacer::new(Duration::from_millis(100));
    let first = pacer.permit("groups/p/streams".to_owned()).await;
    first.note(&left(2));
    drop(first);
    let _one = pacer.permit("groups/p/streams".to_owned()).await;
    let two = pacer.permit("groups/p/streams".to_owned()).await;
    assert!(waits(&pacer).await);
    pacer.permit("groups/q/streams".to_owned()).await;
    drop(two);
    assert!(!waits(&pacer).await);
}

#[tokio::test]
async fn the_window_ends() {
    let pacer = Pacer::new(Duration::from_millis(100));
    pacer.permit("groups/p/streams".to_owned()).await.note(&left(0));
    assert!(waits(&pacer).await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waits(&pacer).await);
}

#[tokio::test]
async fn overtaken_answers_count_down_and_a_jump_is_a_new_window() {
    let pacer = Pacer::new(Duration::from_secs(60));
    let one = pacer.permit("groups/p/streams".to_owned()).await;
    let two = pacer.permit("groups/p/streams".to_owned()).await;
    two.note(&left(8));
    one.note(&left(9));
    assert_eq!(lock(&one.family.state).left.unwrap().0, 8);
    one.note(&left(100));
    assert_eq!(lock(&one.family.state).left.unwrap().0, 100);
}
