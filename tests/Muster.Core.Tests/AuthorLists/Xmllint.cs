using System.ComponentModel;
using System.Diagnostics;
using Muster.Core.AuthorLists;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

/// <summary>Somebody else's judgement on a document: libxml2 with our document type, without network.</summary>
internal static class Xmllint
{
    /// <summary>What it complains of; empty where the document is valid.</summary>
    public static string Complaints(string document, string dtd)
    {
        var folder = Directory.CreateTempSubdirectory("muster-authors-");
        try
        {
            var (file, type) = (Path.Combine(folder.FullName, "author.xml"), Path.Combine(folder.FullName, AuthorXml.DtdName));
            File.WriteAllText(file, document);
            File.WriteAllText(type, dtd);
            // By the document's own system identifier, as a reader would.
            var (exit, said) = Run(["--nonet", "--noout", "--valid", file]);
            Assert.Equal(exit != 0, said.Length > 0);
            return said;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Exit, string Said) Run(string[] arguments)
    {
        Process? started = null;
        try
        {
            started = Process.Start(new ProcessStartInfo("xmllint", arguments) { RedirectStandardError = true, UseShellExecute = false });
        }
        catch (Win32Exception)
        {
            Assert.Skip("xmllint is not installed (Debian: apt-get install libxml2-utils)");
        }

        using var process = started!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
