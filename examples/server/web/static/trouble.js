// Trouble is what goes wrong around a check and says nothing about the badge. It names its text.
export class Trouble extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}
