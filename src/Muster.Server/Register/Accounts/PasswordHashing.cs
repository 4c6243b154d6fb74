using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Muster.Core.Accounts;
using NSec.Cryptography;

namespace Muster.Server.Register.Accounts;

/// <summary>
/// Argon2id through libsodium: 19 MiB, two passes, one lane (OWASP). Never more checks at once than cores, because each holds its
/// memory; whoever comes later waits in turn. The thread of the request does the work itself: another would only have to be woken
/// for it. The text form is the PHC string, so that parameters can grow and old hashes still verify.
/// </summary>
internal sealed class PasswordHashing : IPasswordHasher<Credential>, IDisposable
{
    private const int MemoryKiB = 19_456;
    private const int Passes = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly SemaphoreSlim turns = new(Environment.ProcessorCount);
    private readonly Lazy<string> nobodys;

    public PasswordHashing() => nobodys = new Lazy<string>(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));

    public async Task<string> HashAsync(PlainTextPassword password, CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        try
        {
            return Hash(password.Reveal());
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Whether the password is right. With no hash it takes as long and says no, so that time does not tell who has an account.</summary>
    public async Task<bool> VerifyAsync(string? hash, PlainTextPassword password, CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        try
        {
            return Verify(hash ?? nobodys.Value, password.Reveal()) && hash is not null;
        }
        finally
        {
            turns.Release();
        }
    }

    public string HashPassword(Credential user, string password) => Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(Credential user, string hashedPassword, string providedPassword)
    {
        if (!Verify(hashedPassword, providedPassword))
            return PasswordVerificationResult.Failed;
        return IsCurrent(hashedPassword) ? PasswordVerificationResult.Success : PasswordVerificationResult.SuccessRehashNeeded;
    }

    public void Dispose() => turns.Dispose();

    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(password, salt, MemoryKiB, Passes);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix(MemoryKiB, Passes)}{Base64(salt)}${Base64(hash)}");
    }

    private static bool IsCurrent(string phc) => phc.StartsWith(Prefix(MemoryKiB, Passes), StringComparison.Ordinal);

    private static string Prefix(int memory, int passes) =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={memory},t={passes},p=1$");

    private static bool Verify(string phc, string password)
    {
        var parts = phc.Split('$');
        if (parts.Length != 6 || parts[1] != "argon2id" || parts[2] != "v=19")
            return false;
        var settings = parts[3].Split(',').Select(p => int.Parse(p[2..], CultureInfo.InvariantCulture)).ToArray();
        var expected = FromBase64(parts[5]);
        var actual = Derive(password, FromBase64(parts[4]), settings[0], settings[1]);
        return CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static byte[] Derive(string password, byte[] salt, int memory, int passes)
    {
        var algorithm = new Argon2id(
            new Argon2Parameters
            {
                DegreeOfParallelism = 1,
                MemorySize = memory,
                NumberOfPasses = passes,
            }
        );
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return algorithm.DeriveBytes(bytes, salt, HashBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
