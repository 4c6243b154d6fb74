namespace Muster.Server.Storage;

/// <summary>Text as every engine holds it: PostgreSQL has no zero character, and refuses half of a pair of surrogates.</summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The beginning of a text, at most so many characters and never half of one; what cannot be held stays visible as U+FFFD.</summary>
    public static string Of(string text, int longest)
    {
        if (text.Length > longest)
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        return text.Replace('\0', Replacement);
    }
}
