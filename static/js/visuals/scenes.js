// The scenes: fragment shaders over one triangle that covers the screen.
// `bars` are 96 bands from 40 Hz to 16 kHz, 0…1; `wave` 1,024 samples from a rising zero crossing.

const HEAD = `#version 300 es
precision highp float;
uniform vec2 size;
uniform float time, bass, level;
uniform sampler2D bars, wave;
uniform vec3 ground, tint, light;
out vec4 colour;
float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
// Noise of one step of eight bits, triangular: without it soft light breaks into bands.
vec4 shown(vec3 paint) {
  vec2 at = gl_FragCoord.xy + fract(time) * 61.0;
  return vec4(paint + (hash(at) - hash(at + 17.3)) / 255.0, 1.0);
}
`;

const SPECTRUM = `${HEAD}
const float COUNT = 96.0, BASE = 0.34;
float height(float i) { return texelFetch(bars, ivec2(int(i), 0), 0).r; }
void main() {
  vec2 p = gl_FragCoord.xy / size;
  float at = p.x * COUNT, i = clamp(floor(at), 0.0, COUNT - 1.0);
  float h = height(i), soft = fwidth(at);
  float within = smoothstep(0.14, 0.14 + soft, fract(at)) * (1.0 - smoothstep(0.86 - soft, 0.86, fract(at)));
  float up = (p.y - BASE) / (0.94 - BASE), down = (BASE - p.y) / BASE * 1.6;
  float edge = 1.5 / size.y;
  float bar = within * step(0.0, up) * (1.0 - smoothstep(h, h + edge, up));
  float below = within * step(0.0, down) * (1.0 - smoothstep(h * 0.7, h * 0.7 + 0.2, down)) * 0.22;
  float glow = 0.10 * level * exp(-abs(p.y - BASE) * 5.0);
  vec3 paint = mix(tint, light, clamp(up * 0.9, 0.0, 1.0) * h);
  colour = shown(ground + tint * glow + (paint - ground) * bar + (tint - ground) * below);
}`;

const SCOPE = `${HEAD}
float heard(float x) {
  float at = clamp(x, 0.0, 1.0) * 1023.0;
  int i = int(floor(at));
  float a = texelFetch(wave, ivec2(i, 0), 0).r, b = texelFetch(wave, ivec2(min(i + 1, 1023), 0), 0).r;
  return mix(a, b, fract(at));
}
vec2 point(float x) { return vec2(x * size.x, (0.5 + heard(x) * 0.42) * size.y); }
float apart(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a, to = p - a;
  return length(to - along * clamp(dot(to, along) / dot(along, along), 0.0, 1.0));
}
void main() {
  vec2 p = gl_FragCoord.xy / size;
  float each = max(1.0 / 1023.0, 2.0 / size.x), start = floor(p.x / each) * each, nearest = 1e3;
  vec2 last = point(start - 4.0 * each);
  for (int k = -3; k <= 4; k++) {
    vec2 next = point(start + float(k) * each);
    nearest = min(nearest, apart(gl_FragCoord.xy, last, next));
    last = next;
  }
  float thick = max(1.2, size.y / 620.0);
  float line = 1.0 - smoothstep(thick, thick + 1.5, nearest);
  // The light around it comes from all of the line that is near: its sum has no seams.
  float haze = 0.0, reach = size.y * 0.06;
  for (int k = -12; k <= 12; k++) {
    vec2 away = (gl_FragCoord.xy - point(p.x + float(k) * reach * 0.22 / size.x)) / reach;
    haze += exp(-dot(away, away));
  }
  float glow = 0.5 * haze / (1.5 + haze);
  float rule = (1.0 - smoothstep(0.5, 1.5, abs(p.y - 0.5) * size.y)) * 0.10;
  colour = shown(ground + tint * (glow * (0.5 + level) + rule) + (light - ground) * line);
}`;

const DRIFT = `${HEAD}
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p), u = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y);
}
float cloud(vec2 p) {
  float sum = 0.0, part = 0.5;
  for (int k = 0; k < 4; k++) {
    sum += part * noise(p);
    p = mat2(1.6, 1.2, -1.2, 1.6) * p;
    part *= 0.5;
  }
  return sum;
}
void main() {
  vec2 p = (gl_FragCoord.xy - 0.5 * size) / size.y * 1.8;
  float t = time * 0.045;
  vec2 bend = vec2(cloud(p + t), cloud(p + vec2(5.2, 1.3) - t));
  float fold = cloud(p + 1.7 * bend + vec2(0.3 * t, bass * 0.35));
  float shine = pow(smoothstep(0.42, 0.86, fold), 2.0) * (0.35 + 0.9 * bass);
  vec3 paint = mix(ground, tint, smoothstep(0.18, 0.72, fold) * (0.55 + 0.35 * level));
  paint = mix(paint, light, shine * 0.75);
  float edge = 1.0 - 0.35 * dot(p, p) * 0.5;
  colour = shown(paint * edge);
}`;

/** `scale`: how many pixels of the screen a scene needs, in each direction. */
export const SCENES = {
  spectrum: { shader: SPECTRUM, scale: 1 },
  scope: { shader: SCOPE, scale: 1 },
  drift: { shader: DRIFT, scale: 0.5 },
};
