// Draws the Nordic countries, and places the towns of the route on them by the same projection.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { geoAzimuthalEqualArea, geoCentroid, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);

/** Denmark, Finland, Åland, Norway and Sweden, by their ISO 3166-1 numbers. */
const COUNTRIES = ["208", "246", "248", "578", "752"];

/** Degrees within which the middle of a piece of land lies: not Svalbard, not Jan Mayen. */
const WITHIN = { west: 4, east: 33, south: 54, north: 72 };

/** The width of the map in its own units, and the room around the land for the names of towns. */
const WIDTH = 300;
const ROOM = { left: 6, right: 40, top: 34, bottom: 12 };

/** Smaller pieces than this (square units) are left out: on a telephone they are dust. */
const LEAST_AREA = 1.5;

const within = ([longitude, latitude]) =>
  longitude > WITHIN.west && longitude < WITHIN.east && latitude > WITHIN.south && latitude < WITHIN.north;

/** The countries as GeoJSON, each of the pieces of land that lie on the map. */
async function countries() {
  const world = JSON.parse(await readFile(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  return COUNTRIES.map((id) => {
    const country = world.objects.countries.geometries.find((geometry) => geometry.id === id);
    if (country === undefined) throw new Error(`there is no country ${id} in world-atlas`);
    const { geometry } = feature(world, country);
    const pieces = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const kept = pieces.filter((piece) => within(geoCentroid({ type: "Polygon", coordinates: piece })));
    return { type: "MultiPolygon", coordinates: kept };
  });
}

/** Equal areas around the middle of the countries, so that no country looks larger than it is. */
function projectionOf(land) {
  const all = { type: "GeometryCollection", geometries: land };
  const projection = geoAzimuthalEqualArea().rotate([-18, -64]);
  projection.fitWidth(WIDTH - ROOM.left - ROOM.right, all);
  const [[west, north], [, south]] = geoPath(projection).bounds(all);
  const [x, y] = projection.translate();
  projection.translate([x + ROOM.left - west, y + ROOM.top - north]);
  return { projection, height: Math.ceil(south - north + ROOM.top + ROOM.bottom) };
}

const tenths = (number) => Math.round(number * 10) / 10;

/** The outline of a country as the `d` of a path, in tenths. */
function outline(country, projection) {
  const path = geoPath(projection).digits(1);
  const pieces = country.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return pieces
    .filter((piece) => geoPath(projection).area(piece) >= LEAST_AREA)
    .map((piece) => path(piece))
    .join("");
}

/** A town as a stop of the route; its label says where its name stands: x and y from the stop, and the text's anchor. */
function stopAt({ name, sv = name, en = name, longitude, latitude, label }, projection) {
  const [x, y] = projection([longitude, latitude]).map(tenths);
  const [right, down, anchor] = label;
  return { name, sv, en, x, y, label: { x: tenths(x + right), y: tenths(y + down), anchor } };
}

/**
 * The map as SVG text with one symbol, used as <use href="/assets/map-HASH.svg#land">, and the route on it:
 * {width, height, stops: [{name, sv, en, x, y, label: {x, y, anchor}}]}. Colours come from the page's `.route .land`.
 */
export async function drawMap(towns) {
  const land = await countries();
  const { projection, height } = projectionOf(land);
  const paths = land.map((country) => `<path d="${outline(country, projection)}"/>`).join("\n");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Natural Earth, public domain, by world-atlas -->
<symbol id="land" viewBox="0 0 ${WIDTH} ${height}">
${paths}
</symbol>
</svg>
`;
  return { svg, route: { width: WIDTH, height, stops: towns.map((town) => stopAt(town, projection)) } };
}
