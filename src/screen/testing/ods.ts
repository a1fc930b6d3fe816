/** A spreadsheet (ODS) out of the XML that stands in it, not packed. */
export function odsFile(content: string): Buffer {
  const [name, data] = [Buffer.from('content.xml'), Buffer.from(content)];
  const facts = (signature: number, more: number): Buffer => {
    const head = Buffer.alloc(more);
    head.writeUInt32LE(signature, 0);
    const at = signature === 0x02014b50 ? 20 : 18;
    head.writeUInt32LE(data.length, at);
    head.writeUInt32LE(data.length, at + 4);
    head.writeUInt16LE(name.length, at + 8);
    return head;
  };
  const local = Buffer.concat([facts(0x04034b50, 30), name, data]);
  const directory = Buffer.concat([facts(0x02014b50, 46), name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}
