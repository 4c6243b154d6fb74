using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>A problem of the trust folder, for programs: the same on the health page and on the command line.</summary>
internal sealed record AnchorProblemLine(string File, int? Line, string Code, string Sentence)
{
    public static AnchorProblemLine Of(AnchorProblem problem) =>
        new(problem.File, problem.Line, problem.ReasonCode, RefusalTexts.Sentence(new Core.Refusal(problem.ReasonCode)));
}

/// <summary>The files of a trust folder, as bytes.</summary>
internal static class AnchorFiles
{
    /// <summary>What no reader takes for a file of its kind.</summary>
    private static readonly byte[] Unreadable = [.. "(unreadable"u8];

    /// <summary>By name.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read it.</exception>
    public static IReadOnlyList<FileInfo> In(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>
    /// A file that cannot be opened (a dangling link, a missing right) counts as broken: its authority must not go on as if there were no list of
    /// revoked certificates and no policy.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or it went away meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read it.</exception>
    public static (IReadOnlyList<AnchorFile> Files, IReadOnlyList<AnchorProblem> Unreadable) Read(string folder)
    {
        var files = new List<AnchorFile>();
        var unreadable = new List<AnchorProblem>();
        foreach (var file in In(folder))
        {
            try
            {
                files.Add(new AnchorFile(file.Name, File.ReadAllBytes(file.FullName)));
            }
            catch (Exception e) when (e is IOException and not DirectoryNotFoundException or UnauthorizedAccessException)
            {
                unreadable.Add(new AnchorProblem(file.Name, "anchor.unreadable-file"));
                files.Add(new AnchorFile(file.Name, Unreadable));
            }
        }
        return (files, unreadable);
    }
}
