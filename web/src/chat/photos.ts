/** A photo that a telephone took is made small enough to be sent. */

const MOST_BYTES = 5 * 1024 * 1024; // as in bot/pictures.py
const LONGEST_SIDE = 2560; // pixels
const QUALITY = 0.85;

export interface Shrunk {
  photo: Blob;
  refused?: string;
}

/** A file that is small enough goes as it is: what it is, the bot finds out. */
export async function shrunk(file: Blob): Promise<Shrunk> {
  if (file.size <= MOST_BYTES) return { photo: file };
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch (unreadable) {
    console.info("not shrunk", unreadable);
    return { photo: file, refused: "这个文件超过 5 MB，也不是能识别的照片。请发 JPG、PNG 或 WebP 格式的照片。" };
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!photo) return { photo: file, refused: "照片太大了，一张最多 5 MB，请压缩或重新拍一张。" };
  return { photo };
}
