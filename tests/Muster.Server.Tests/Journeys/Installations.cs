using System.Globalization;
using System.Text.Json;
using Muster.Server.Operator;
using Muster.Server.Operator.Demo;

namespace Muster.Server.Tests.Journeys;

/// <summary>A data folder ready to be served: members, authority, settings; made once and copied for each try.</summary>
internal sealed class Installations : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("muster-crash-").FullName;
    private DemoCollaboration? demo;
    private int copies;

    /// <param name="ct">Ends the making.</param>
    public async Task MakeAsync(CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var made = demo = DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime));
        var path = Path.Combine(home, "first");
        using var folder = DataFolder.Open(path);
        var authority = DemoAuthority.Prepare(path, made, now);
        var settings = new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = path,
            ["Portal:TlsCertificate"] = authority.ServerCertificatePath,
            ["Portal:TlsKey"] = authority.ServerKeyPath,
        };
        await using var app = Program.Build(settings);
        await new Offline(app).WriteAsync((db, audit, at, unit) => DemoData.LoadAsync(db, audit, made, "no password", at, unit), ct);
    }

    /// <summary>A copy of its own, with settings for the given port and the next.</summary>
    public (string Folder, DemoAuthority Authority) Copy(int port)
    {
        var folder = Path.Combine(home, string.Create(CultureInfo.InvariantCulture, $"copy-{++copies}"));
        var first = Path.Combine(home, "first");
        foreach (var file in Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(first, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a file has a folder
            File.Copy(file, target);
        }
        var authority = DemoAuthority.Prepare(
            folder,
            demo ?? throw new InvalidOperationException("Not made."),
            TimeProvider.System.GetUtcNow()
        );
        var settings = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Portal"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Origin"] = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}"),
                ["CertificateOrigin"] = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port + 1}"),
                ["TlsCertificate"] = authority.ServerCertificatePath,
                ["TlsKey"] = authority.ServerKeyPath,
                ["TrustFolder"] = authority.TrustFolder,
            },
        };
        File.WriteAllText(Path.Combine(folder, "muster.json"), JsonSerializer.Serialize(settings));
        return (folder, authority);
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
