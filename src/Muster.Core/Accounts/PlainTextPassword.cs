using System.Security.Cryptography;
using System.Text;

namespace Muster.Core.Accounts;

/// <summary>
/// A password as typed, NFC (NIST SP 800-63B-4 §3.1.1.2 asks for one normal form, so that two keyboards give one password).
/// Its text form is redacted; it never leaves memory.
/// </summary>
public sealed class PlainTextPassword : IEquatable<PlainTextPassword>
{
    /// <summary>What is kept of an overlong text: enough to be refused as too long.</summary>
    private const int Kept = 1_024;
    private readonly string text;

    public PlainTextPassword(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var cut = typed.Length > Kept ? typed[..Kept] : typed;
        try
        {
            text = cut.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            text = cut; // half a surrogate pair: no text, refused by the policy
        }
    }

    /// <summary>In code points.</summary>
    public int Length => text.EnumerateRunes().Count();

    /// <summary>For the hasher and the policy only.</summary>
    public string Reveal() => text;

    public bool Equals(PlainTextPassword? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(other.text));

    public override bool Equals(object? obj) => Equals(obj as PlainTextPassword);

    public override int GetHashCode() => 0;

    public override string ToString() => "[redacted]";
}
