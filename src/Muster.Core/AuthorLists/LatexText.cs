using System.Text;

namespace Muster.Core.AuthorLists;

/// <summary>
/// Text as LaTeX sets it letter by letter: nothing is a command, nothing a ligature that would change a sign. Letters of any script stay as
/// they are, for LuaLaTeX, XeLaTeX, or pdfLaTeX with a font that has them.
/// </summary>
internal static class LatexText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        var last = '\0';
        foreach (var character in text)
        {
            // --, '' and ,, would become one sign.
            if (character == last && character is '-' or '\'' or ',')
                escaped.Append("{}");
            escaped.Append(Escaped(character) ?? character.ToString());
            last = character;
        }
        return escaped.ToString();
    }

    private static string? Escaped(char character) =>
        character switch
        {
            '\\' => @"\textbackslash{}",
            '~' => @"\textasciitilde{}",
            '^' => @"\textasciicircum{}",
            '&' or '%' or '$' or '#' or '_' or '{' or '}' => $@"\{character}",
            // The old font encoding has Spanish marks in the places of these two, babel has a shorthand on the third.
            '<' => @"\textless{}",
            '>' => @"\textgreater{}",
            '"' => @"{\char34}",
            // Begins ligatures after ? and !, and a quotation when doubled.
            '`' => @"\textasciigrave{}",
            '|' => @"\textbar{}",
            '\u00A0' => "~",
            _ => null,
        };
}
