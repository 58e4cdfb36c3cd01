//! Where a point is, and how far two points are apart.
//!
//! A place is held as Cartesian coordinates about the centre of WGS 84, the ellipsoid of GPS and of all three formats, at
//! height 0. The straight line between two such places is exact; the way along the ground is the arc over that chord on a
//! sphere of the mean radius. For steps up to 100 km that is the geodesic to 0.001 %, for any others to 0.5 %, with no
//! trouble at the poles or at 180°. A great circle on the sphere (haversine) is off by up to 0.6 % at every step.
//!
//! Sources: National Geospatial-Intelligence Agency, NGA.STND.0036, World Geodetic System 1984, for the constants; B.
//! Hofmann-Wellenhof, H. Lichtenegger and E. Wasle, GNSS, 2008, for ellipsoidal to Cartesian coordinates; H. Moritz, Geodetic
//! Reference System 1980, Journal of Geodesy 74, 2000, for the mean radius.

/// Semi-major axis of WGS 84, in metres.
const EQUATOR: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// First eccentricity, squared.
const ECCENTRICITY: f64 = FLATTENING * (2.0 - FLATTENING);
/// Mean radius of the Earth, (2a + b) / 3, in metres.
const MEAN: f64 = 6_371_008.8;

/// A point of the ellipsoid, in metres from its centre. It cannot be printed or compared, and that is meant.
#[derive(Clone, Copy)]
pub struct Place([f64; 3]);

impl Place {
    /// At a latitude (−90 to 90) and a longitude (−180 to 180) in degrees, north and east being positive; none if either is
    /// outside of that or no number.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return None;
        }
        let ((sin, cos), (sin_east, cos_east)) = (latitude.to_radians().sin_cos(), longitude.to_radians().sin_cos());
        let normal = EQUATOR / (1.0 - ECCENTRICITY * sin * sin).sqrt();
        Some(Self([normal * cos * cos_east, normal * cos * sin_east, normal * (1.0 - ECCENTRICITY) * sin]))
    }

    /// How far another place is from this one along the ground, in metres: 0 to about 20 million.
    pub fn metres_to(self, other: Self) -> f64 {
        let square: f64 = self.0.iter().zip(other.0).map(|(here, there)| (there - here).powi(2)).sum();
        2.0 * MEAN * (square.sqrt() / (2.0 * MEAN)).min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Latitude and longitude.
    type Degrees = (f64, f64);

    fn metres(from: Degrees, to: Degrees) -> f64 {
        Place::new(from.0, from.1).unwrap().metres_to(Place::new(to.0, to.1).unwrap())
    }

    /// Two points and the length of the geodesic between them on WGS 84, by C. Karney's GeographicLib 2.1.
    const GEODESICS: [(Degrees, Degrees, f64); 14] = [
        ((0.0, 0.0), (1.0, 0.0), 110_574.388_6),
        ((60.0, 20.0), (61.0, 20.0), 111_420.727_9),
        ((89.0, 0.0), (90.0, 0.0), 111_693.864_9),
        ((0.0, 0.0), (0.0, 1.0), 111_319.490_8),
        ((60.0, 20.0), (60.0, 21.0), 55_799.470_4),
        ((57.0, -30.0), (57.001, -30.002), 164.844_36),
        ((0.0, 179.5), (0.0, -179.5), 111_319.490_8),
        ((57.0, 12.0), (57.5, 12.9), 77_793.338_9),
        ((70.0, 20.0), (70.0, 22.5), 95_459.666_3),
        ((0.0, 0.0), (0.9, 0.0), 99_516.930_4),
        ((59.0, 18.0), (78.0, 16.0), 2_120_447.571_9),
        ((0.0, 0.0), (90.0, 0.0), 10_001_965.729_3),
        ((0.0, 0.0), (0.0, 179.0), 19_926_188.852_0),
        ((-33.0, 151.0), (51.0, 0.0), 16_923_716.210_0),
    ];

    #[test]
    fn a_step_is_as_long_as_the_geodesic() {
        for (from, to, geodesic) in GEODESICS {
            let share = if geodesic < 112_000.0 { 0.000_01 } else { 0.005 };
            for off in [metres(from, to) - geodesic, metres(to, from) - geodesic] {
                assert!(off.abs() <= geodesic * share, "{from:?} {to:?}: {off} m of {geodesic} m");
            }
        }
    }

    #[test]
    fn what_is_not_on_earth_is_no_place() {
        for (latitude, longitude) in
            [(90.000_1, 0.0), (-91.0, 0.0), (0.0, 180.1), (0.0, -181.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)]
        {
            assert!(Place::new(latitude, longitude).is_none(), "{latitude} {longitude}");
        }
        assert!(metres((90.0, -180.0), (90.0, 77.0)) < 0.001, "all longitudes meet at the pole");
        assert!(metres((12.0, 180.0), (12.0, -180.0)) < 0.001, "180° are the same on both sides");
    }
}
