using System.Globalization;
using System.Text;

namespace Muster.Core.Members;

/// <summary>Text that can be shown safely: decodable, no control characters, nothing that turns the reading direction around.</summary>
public static class WellFormedText
{
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; )
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != System.Buffers.OperationStatus.Done)
                return false; // half a surrogate pair
            if (IsHarmful(rune))
                return false;
            i += used;
        }
        return true;
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
            // Joiners are part of words in several scripts; every other format character hides or reorders what people read.
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
            _ => rune.Value == 0xFFFD, // what a decoder leaves of bytes that were no text
        };
}
