using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Muster.Server.Tests.Operator;

/// <summary>The openssl binary, a reader of certificates that is not ours.</summary>
static class OpenSsl
{
    public static (int Exit, string Text) Run(params string[] arguments) => RunIn(null, null, arguments);

    public static (int Exit, string Text) RunIn(string? folder, string? input, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("openssl", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = folder ?? "",
            };
            using var process = Process.Start(start)!; // null only with the shell
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input ?? "");
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Assert.Skip("The openssl binary is not installed (Debian: apt-get install openssl).");
            throw;
        }
    }
}
