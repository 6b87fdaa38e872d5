using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Archives;

/// <summary>
/// An archive at rest: AES-256-GCM in parts of 64 KiB, under a key made from the operator's passphrase and a salt of this file. The nonce of a part is its place and
/// whether it is the last, so that none can be moved, left out or cut off; a part that was altered does not open. Reading can jump, as a zip is read from its end, and nothing is laid down in clear.
/// </summary>
public static class SealedStream
{
    public const int ShortestPassphrase = 16;

    // Those of a password when the format was made; a later version of the format may have more.
    private const int Rounds = 220_000;
    internal const int PartLength = 64 * 1024, TagLength = 16, SaltLength = 16, CheckLength = 16;
    internal static readonly byte[] Mark = "registre-archive/1\n"u8.ToArray();
    internal static readonly int HeaderLength = Mark.Length + SaltLength + CheckLength;

    public static Stream Write(Stream file, string passphrase)
    {
        if (passphrase.Length < ShortestPassphrase) throw new ArchiveException($"The passphrase has fewer than {ShortestPassphrase} characters: whoever finds the archive could guess it.");
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var (key, check) = Keys(passphrase, salt);
        file.Write(Mark);
        file.Write(salt);
        file.Write(check);
        return new Writer(file, key);
    }

    public static Stream Read(Stream file, string passphrase)
    {
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.AsSpan().StartsWith(Mark))
            throw new ArchiveException("This file is no archive of the registry, or of a format that this version does not know.");
        var (key, check) = Keys(passphrase, header[Mark.Length..(Mark.Length + SaltLength)]);
        if (!CryptographicOperations.FixedTimeEquals(check, header.AsSpan(Mark.Length + SaltLength))) throw new ArchiveException("The passphrase is not that of this archive.");
        return new Reader(file, key);
    }

    private static (byte[] Key, byte[] Check) Keys(string passphrase, byte[] salt)
    {
        // As passwords are (S-31): the same accent typed in two ways is the same passphrase.
        var made = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormKC)), salt, Rounds, HashAlgorithmName.SHA512, 32 + CheckLength);
        return (made[..32], made[32..]);
    }

    private static byte[] Nonce(long part, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce, part);
        nonce[8] = last ? (byte)1 : (byte)0;
        return nonce;
    }

    private sealed class Writer(Stream file, byte[] key) : Stream
    {
        private readonly AesGcm _aes = new(key, TagLength);
        private readonly byte[] _part = new byte[PartLength];
        private int _filled;
        private long _place;
        private bool _ended;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                // A full part waits for the next byte: only then is it known not to be the last.
                if (_filled == PartLength) Seal(last: false);
                var taken = Math.Min(buffer.Length, PartLength - _filled);
                buffer[..taken].CopyTo(_part.AsSpan(_filled));
                _filled += taken;
                buffer = buffer[taken..];
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        private void Seal(bool last)
        {
            var box = new byte[_filled + TagLength];
            _aes.Encrypt(Nonce(_place++, last), _part.AsSpan(0, _filled), box.AsSpan(0, _filled), box.AsSpan(_filled));
            file.Write(box);
            _filled = 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_ended)
            {
                _ended = true;
                Seal(last: true);
                _aes.Dispose();
            }
            base.Dispose(disposing);
        }

        public override void Flush() => file.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private sealed class Reader : Stream
    {
        private readonly Stream _file;
        private readonly AesGcm _aes;
        private readonly byte[] _part = new byte[PartLength];
        private readonly long _parts;
        private long _open = -1;

        public Reader(Stream file, byte[] key)
        {
            (_file, _aes) = (file, new AesGcm(key, TagLength));
            var body = file.Length - HeaderLength;
            _parts = (body + PartLength + TagLength - 1) / (PartLength + TagLength);
            Length = body - _parts * TagLength;
            if (_parts == 0 || body - (_parts - 1) * (PartLength + TagLength) < TagLength) throw new ArchiveException("The archive was cut off.");
        }

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length { get; }
        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            if (Position >= Length || buffer.Length == 0) return 0;
            var (part, from) = Math.DivRem(Position, PartLength);
            if (part != _open) Open(part);
            var taken = (int)Math.Min(buffer.Length, Math.Min(PartLength - from, Length - Position));
            _part.AsSpan((int)from, taken).CopyTo(buffer);
            Position += taken;
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        private void Open(long part)
        {
            var length = (int)Math.Min(PartLength, Length - part * PartLength);
            var box = new byte[length + TagLength];
            _file.Position = HeaderLength + part * (PartLength + TagLength);
            _file.ReadExactly(box);
            try
            {
                _aes.Decrypt(Nonce(part, part == _parts - 1), box.AsSpan(0, length), box.AsSpan(length), _part.AsSpan(0, length));
            }
            catch (AuthenticationTagMismatchException altered)
            {
                throw new ArchiveException("The archive was altered or cut off after it was written.", altered);
            }
            _open = part;
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            var place = offset + origin switch { SeekOrigin.Current => Position, SeekOrigin.End => Length, _ => 0 };
            // A zip that points before its beginning is no zip.
            return place < 0 ? throw new IOException("Before the beginning.") : Position = place;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _aes.Dispose();
            base.Dispose(disposing);
        }

        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
