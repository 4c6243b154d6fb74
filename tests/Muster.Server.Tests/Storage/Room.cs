using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator;
using Muster.Server.Storage;

namespace Muster.Server.Tests.Storage;

/// <summary>An installation whose server is built and does not listen: its database, its writer, and nothing else going on.</summary>
public sealed class Room : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("muster-storage-").FullName;
    private readonly List<WebApplication> apps = [];

    public Room()
    {
        Store = TestDatabase.In(folder);
        Migrator.Migrate(Store.Engine);
        WriteTlsFiles();
        Services = Another();
    }

    internal TestDatabase Store { get; }

    internal IServiceProvider Services { get; }

    internal Writer Writer => Services.GetRequiredService<Writer>();

    /// <summary>A server more on the same data, as if it were a process of its own.</summary>
    internal IServiceProvider Another()
    {
        var app = Program.Build(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Storage:DataFolder"] = folder,
                ["Storage:ConnectionString"] = Store.ConnectionString,
                ["Portal:TlsCertificate"] = Path.Combine(folder, "tls.pem"),
                ["Portal:TlsKey"] = Path.Combine(folder, "tls-key.pem"),
                ["Portal:TrustFolder"] = folder,
            }
        );
        apps.Add(app);
        return app.Services;
    }

    internal Task<MusterDb> ContextAsync(CancellationToken ct) =>
        Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);

    /// <summary>Asks the writer for one row with this key; <paramref name="then"/> comes after it, in the same unit.</summary>
    internal Task<int> PutAsync(string key, Func<MusterDb, Task>? then = null) =>
        Writer.WriteAsync(
            "test.put",
            async (db, unit) =>
            {
                var rows = await db.Database.ExecuteSqlAsync(
                    $"insert into sign_in_attempts (key, failures, last_at) values ({key}, 1, 0)",
                    unit
                );
                if (then is not null)
                    await then(db);
                return rows;
            },
            CancellationToken.None
        );

    internal int Rows(string key) =>
        int.Parse(Store.Read("select count(*) from sign_in_attempts where key = @0", key), CultureInfo.InvariantCulture);

    /// <summary>Nobody connects; but no server is built without them.</summary>
    private void WriteTlsFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "tls.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tls-key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        foreach (var app in apps)
            ((IDisposable)app).Dispose();
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
