// The square of a picture that becomes its cover, in the picture's own pixels.

const CLOSEST = 4; // times the whole width or height

export class Square {
  #zoom = 1;

  /** The middle of a picture of this size. */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.side = Math.min(width, height);
    this.x = (width - this.side) / 2;
    this.y = (height - this.side) / 2;
  }

  get zoom() {
    return this.#zoom;
  }

  /** Closer or farther around the middle of what is seen. */
  set zoom(factor) {
    this.#zoom = Math.min(CLOSEST, Math.max(1, factor));
    const side = Math.min(this.width, this.height) / this.#zoom;
    this.x += (this.side - side) / 2;
    this.y += (this.side - side) / 2;
    this.side = side;
    this.move(0, 0);
  }

  /** Move by parts of the square's own side, as far as there is picture. */
  move(right, down) {
    this.x = Math.min(this.width - this.side, Math.max(0, this.x + right * this.side));
    this.y = Math.min(this.height - this.side, Math.max(0, this.y + down * this.side));
  }

  get rounded() {
    const { x, y, side } = this;
    return { x: Math.round(x), y: Math.round(y), side: Math.max(1, Math.floor(side)) };
  }
}
