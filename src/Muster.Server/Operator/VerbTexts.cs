using System.Globalization;
using System.Resources;

namespace Muster.Server.Operator;

/// <summary>What the verbs say, from resources.</summary>
internal static class VerbTexts
{
    private static readonly ResourceManager Texts = new("Muster.Server.Operator.VerbTexts", typeof(VerbTexts).Assembly);

    public static string Get(string key, params object[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new KeyNotFoundException($"VerbTexts.resx has no '{key}'.");
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
