//! Shapes on an image (QTI 2.2, "shape" and "coords", which are those of HTML's image maps).

use crate::model::{Area, Shape};
use crate::value::float;

const SHAPES: [(Shape, &str); 5] = [
    (Shape::Default, "default"),
    (Shape::Circle, "circle"),
    (Shape::Rect, "rect"),
    (Shape::Poly, "poly"),
    (Shape::Ellipse, "ellipse"),
];

impl Shape {
    /// The name in the documents.
    pub fn as_str(self) -> &'static str {
        SHAPES.iter().find(|(shape, _)| *shape == self).map_or("default", |(_, name)| name)
    }
}

impl Area {
    /// Reads a shape and its numbers; `None` if there are too few or they are none.
    pub fn parse(shape: &str, coords: &str) -> Option<Self> {
        let shape = SHAPES.iter().find(|(_, name)| name.eq_ignore_ascii_case(shape.trim())).map(|(shape, _)| *shape)?;
        let numbers: Option<Vec<f64>> = coords
            .split([',', ' ', '\n', '\t'])
            .filter(|part| !part.is_empty())
            .map(|part| float(part.trim_end_matches('%')))
            .collect();
        let coords = numbers?;
        let enough = match shape {
            Shape::Default => true,
            Shape::Circle => coords.len() == 3,
            Shape::Rect | Shape::Ellipse => coords.len() == 4,
            Shape::Poly => coords.len() >= 6 && coords.len().is_multiple_of(2),
        };
        enough.then_some(Self { shape, coords })
    }
}

/// The point lies in the area or on its edge.
pub(crate) fn contains(area: &Area, x: f64, y: f64) -> bool {
    match (area.shape, area.coords.as_slice()) {
        (Shape::Default, _) => true,
        (Shape::Circle, [cx, cy, r]) => (x - cx).powi(2) + (y - cy).powi(2) <= r * r,
        (Shape::Rect, [left, top, right, bottom]) => {
            let (low, high) = (left.min(*right), left.max(*right));
            let (above, below) = (top.min(*bottom), top.max(*bottom));
            x >= low && x <= high && y >= above && y <= below
        }
        (Shape::Ellipse, [cx, cy, rx, ry]) if *rx > 0.0 && *ry > 0.0 => {
            ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) <= 1.0
        }
        (Shape::Poly, coords) => in_polygon(coords, x, y),
        _ => false,
    }
}

/// By the number of edges to the right of the point.
fn in_polygon(coords: &[f64], x: f64, y: f64) -> bool {
    let corners: Vec<(f64, f64)> = coords.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let mut inside = false;
    for (at, &(x1, y1)) in corners.iter().enumerate() {
        let (x2, y2) = corners[(at + 1) % corners.len()];
        let on_line = ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)).abs() < 1e-9;
        if on_line && x >= x1.min(x2) && x <= x1.max(x2) && y >= y1.min(y2) && y <= y1.max(y2) {
            return true;
        }
        if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shape_holds_its_inside_and_its_edge_and_nothing_else() {
        let held = |shape, coords, x, y| contains(&Area::parse(shape, coords).unwrap(), x, y);
        assert!(held("circle", "102,113,16", 102.0, 129.0));
        assert!(!held("circle", "102,113,16", 102.0, 130.0));
        assert!(held("rect", "0,0,10,5", 10.0, 5.0));
        assert!(!held("rect", "0,0,10,5", 10.0, 5.1));
        assert!(held("ellipse", "0,0,4,2", 0.0, 2.0));
        assert!(!held("ellipse", "0,0,4,2", 3.9, 1.9));
        assert!(held("poly", "0,0,10,0,0,10", 5.0, 5.0));
        assert!(held("poly", "0,0,10,0,0,10", 1.0, 1.0));
        assert!(!held("poly", "0,0,10,0,0,10", 6.0, 6.0));
        assert!(held("default", "", -1.0, 1e9));
        assert_eq!(Area::parse("circle", "1,2"), None);
        assert_eq!(Area::parse("star", "1,2"), None);
    }
}
