using System.Text.Json;
using Muster.Server.Tests.Journeys;
using Xunit;

namespace Muster.Server.Tests.Storage;

/// <summary>The real executable reads a connection string, and is careful with what it says of it.</summary>
public sealed class StorageSettingsTests : IDisposable
{
    private const string Secret = "do not print this";
    private readonly string folder = Directory.CreateTempSubdirectory("muster-settings-").FullName;

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_beside_what_is_wrong_elsewhere()
    {
        Settings($"Password={Secret};Maximum Pool Size=1;Multiplexing=true", origin: "nowhere");

        var (exit, text) = await ServerProcess.RunAsync(TestContext.Current.CancellationToken, "serve", "--data", folder);

        Assert.Equal(2, exit);
        Assert.Contains("names no Host", text, StringComparison.Ordinal);
        Assert.Contains("names no Database", text, StringComparison.Ordinal);
        Assert.Contains("Maximum Pool Size is 1", text, StringComparison.Ordinal);
        Assert.Contains("Multiplexing", text, StringComparison.Ordinal);
        Assert.Contains("Portal:Origin", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "muster.db")));
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("grant", "registrar", "somebody")]
    [InlineData("doctor", "audit")]
    public async Task A_string_that_cannot_be_read_is_not_repeated(params string[] verb)
    {
        Settings($"Host=localhost;Database=muster;{Secret}=Password;Port=many");

        var (exit, text) = await ServerProcess.RunAsync(TestContext.Current.CancellationToken, [.. verb, "--data", folder]);

        Assert.Equal(2, exit);
        Assert.Contains("Storage:ConnectionString cannot be read", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("grant", "registrar", "somebody")]
    public async Task A_server_that_does_not_answer_is_named_without_the_password(params string[] verb)
    {
        Settings($"Host=127.0.0.1;Port=1;Database=muster;Username=muster;Password={Secret}");

        var (exit, text) = await ServerProcess.RunAsync(TestContext.Current.CancellationToken, [.. verb, "--data", folder]);

        Assert.Equal(3, exit);
        Assert.Contains("the database 127.0.0.1:1/muster cannot be reached", text, StringComparison.Ordinal);
        Assert.Contains("hint:", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Settings(string connectionString, string origin = "https://localhost:8443") =>
        File.WriteAllText(
            Path.Combine(folder, "muster.json"),
            JsonSerializer.Serialize(new { Storage = new { ConnectionString = connectionString }, Portal = new { Origin = origin } })
        );
}
