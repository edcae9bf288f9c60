use proptest::prelude::*;

use super::*;

fn wish(header: usize, widest: usize, yields: Yields) -> ColumnWidth {
    ColumnWidth { header, natural: header.max(widest), yields }
}

#[test]
fn everything_keeps_its_width_where_there_is_room() {
    let wishes = [wish(4, 10, Yields::Never), wish(5, 30, Yields::First)];
    assert_eq!(fit(&wishes, 42), [Some(10), Some(30)]);
}

#[test]
fn the_widest_gives_way_first_and_names_not_at_all() {
    let wishes = [
        wish(4, 20, Yields::Never),
        wish(4, 20, Yields::Later),
        wish(5, 30, Yields::First),
        wish(9, 12, Yields::First),
    ];
    assert_eq!(fit(&wishes, 70), [Some(20), Some(20), Some(12), Some(12)]);
    // The last column goes, and the one before it has room again.
    assert_eq!(fit(&wishes, 60), [Some(20), Some(20), Some(16), None]);
    assert_eq!(fit(&wishes, 45), [Some(20), Some(20), None, None]);
    assert_eq!(fit(&wishes, 35), [Some(20), Some(13), None, None]);
    assert_eq!(fit(&wishes, 10), [Some(20), Some(8), None, None]);
}

fn any_wish() -> impl Strategy<Value = ColumnWidth> {
    let yields = prop_oneof![
        4 => Just(Yields::First),
        1 => Just(Yields::Later),
        1 => Just(Yields::Never),
        1 => Just(Yields::Whole)
    ];
    (1..20_usize, 0..200_usize, yields).prop_map(|(header, widest, y)| wish(header, widest, y))
}

proptest! {
    #[test]
    fn headers_and_names_are_never_cut(
        wishes in prop::collection::vec(any_wish(), 1..9), width in 1..200_usize,
    ) {
        let widths = fit(&wishes, width);
        for (wish, width) in wishes.iter().zip(&widths) {
            prop_assert!(width.is_none_or(|width| (wish.header..=wish.natural).contains(&width)));
            prop_assert!(width.is_some() || wish.yields == Yields::First);
            if wish.yields >= Yields::Never {
                prop_assert_eq!(*width, Some(wish.natural));
            }
        }
        let others_kept = widths.iter().zip(&wishes)
            .any(|(w, wish)| w.is_some() && wish.yields == Yields::First);
        let later_cut = widths.iter().zip(&wishes)
            .any(|(w, wish)| *w < Some(wish.natural) && wish.yields == Yields::Later);
        prop_assert!(!(others_kept && later_cut), "others give way first");
        prop_assert!(total(&widths) <= width || !others_kept, "what can give way does");
    }
}
