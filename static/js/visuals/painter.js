// WebGL2 as one triangle and two small textures. Knows nothing of sound.

import { SCENES } from "./scenes.js";

const CORNERS = `#version 300 es
void main() {
  vec2 p = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(p, 0.0, 1.0);
}`;
const NAMES = ["size", "time", "bass", "level", "bars", "wave", "ground", "tint", "light"];

export class Painter {
  #programs = new Map();

  /** Throws where the browser has no WebGL2. */
  constructor(canvas) {
    this.canvas = canvas;
    this.gl = canvas.getContext("webgl2", { antialias: false, powerPreference: "low-power" });
    if (!this.gl) throw new Error("This browser cannot draw the scenes.");
    this.textures = [this.#texture(), this.#texture()];
    this.gl.bindVertexArray(this.gl.createVertexArray());
  }

  get isLost() {
    return this.gl.isContextLost();
  }

  /** Paint one frame. `bars` and `wave` are Float32Arrays; colours are three numbers 0…1. */
  paint(scene, { bars, wave, time, bass, level, colours }, pixels) {
    const { gl, canvas } = this;
    const { scale } = SCENES[scene];
    const width = Math.max(2, Math.round(canvas.clientWidth * pixels * scale));
    const height = Math.max(2, Math.round(canvas.clientHeight * pixels * scale));
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    gl.viewport(0, 0, width, height);
    const { program, at } = this.#program(scene);
    gl.useProgram(program);
    gl.uniform2f(at.size, width, height);
    gl.uniform1f(at.time, time);
    gl.uniform1f(at.bass, bass);
    gl.uniform1f(at.level, level);
    for (const name of ["ground", "tint", "light"]) gl.uniform3fv(at[name], colours[name]);
    [bars, wave].forEach((row, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, this.textures[unit]);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, row.length, 1, 0, gl.RED, gl.FLOAT, row);
    });
    gl.uniform1i(at.bars, 0);
    gl.uniform1i(at.wave, 1);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  destroy() {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  #program(scene) {
    if (!this.#programs.has(scene)) this.#programs.set(scene, this.#compile(SCENES[scene].shader));
    return this.#programs.get(scene);
  }

  #compile(fragment) {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, CORNERS],
      [gl.FRAGMENT_SHADER, fragment],
    ]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(program) || "The scene could not be made.");
    }
    const at = Object.fromEntries(
      NAMES.map((name) => [name, gl.getUniformLocation(program, name)]),
    );
    return { program, at };
  }

  #texture() {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    }
    return texture;
  }
}
