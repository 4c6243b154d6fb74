using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Muster.Server.Web;

/// <summary>
/// The secret part of links in mails: purpose, subject and number under a key that lies outside the database. Nothing secret is
/// stored, a mail that is sent twice carries the same link, and whoever reads the database cannot make one.
/// </summary>
internal sealed class OneTimeLinks(byte[] key)
{
    public const string ConfirmEmail = "confirm-email";
    public const string FollowRegistration = "follow-registration";
    public const string SetPassword = "set-password";

    /// <summary>From a session over to the listener that asks for certificates; the number is the minute it was made in.</summary>
    public const string AddCertificate = "add-certificate";

    public const string ConfirmAddress = "confirm-address";
    public const string ChangePrimary = "change-primary";

    private const int IdBytes = 16;
    private const int SerialBytes = 4;
    private const int MacBytes = 16;
    private const int TokenBytes = IdBytes + SerialBytes + MacBytes;

    public string Make(string purpose, Guid subject, int serial)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        subject.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[IdBytes..], serial);
        Mac(purpose, token[..(IdBytes + SerialBytes)]).AsSpan(0, MacBytes).CopyTo(token[(IdBytes + SerialBytes)..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Subject and number of a token made by us for this purpose; null for anything else.</summary>
    public (Guid Subject, int Serial)? Read(string purpose, string? text)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        if (text is null || text.Length != Base64Url.GetEncodedLength(TokenBytes) || !Base64Url.IsValid(text))
            return null;
        if (!Base64Url.TryDecodeFromChars(text, token, out var written) || written != TokenBytes)
            return null;
        var mac = Mac(purpose, token[..(IdBytes + SerialBytes)]);
        if (!CryptographicOperations.FixedTimeEquals(mac.AsSpan(0, MacBytes), token[(IdBytes + SerialBytes)..]))
            return null;
        return (new Guid(token[..IdBytes], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(token[IdBytes..]));
    }

    private byte[] Mac(string purpose, ReadOnlySpan<byte> subject)
    {
        var name = Encoding.ASCII.GetBytes(purpose);
        var text = new byte[name.Length + 1 + subject.Length];
        name.CopyTo(text, 0);
        subject.CopyTo(text.AsSpan(name.Length + 1));
        return HMACSHA256.HashData(key, text);
    }
}
