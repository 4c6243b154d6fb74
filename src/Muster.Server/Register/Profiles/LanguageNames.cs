using System.Globalization;
using Muster.Core.Members;

namespace Muster.Server.Register.Profiles;

/// <summary>Languages as people call them.</summary>
internal static class LanguageNames
{
    /// <summary>Its own name and the tag, such as <c>Deutsch (de)</c>; only the tag of a language that has no name here.</summary>
    public static string Of(LanguageTag tag)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(tag.Value);
            // The platform makes a culture for any tag that looks like one; what it does not know it names by the tag.
            return culture.NativeName.StartsWith(tag.Value, StringComparison.OrdinalIgnoreCase) || culture.NativeName.Length == 0
                ? tag.Value
                : $"{culture.NativeName} ({tag.Value})";
        }
        catch (CultureNotFoundException)
        {
            return tag.Value;
        }
    }
}
