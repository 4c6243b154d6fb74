using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Muster.Core;

namespace Muster.Server.Web;

/// <summary>
/// How often one network may ask for what is open to everyone and costs much. Passwords have a count of their own, which is written down; this one
/// guards nothing but the processor, and is forgotten with the process.
/// </summary>
internal static class RequestLimits
{
    public const string OpenCheck = "open-check";

    public static void AddRequestLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(
                OpenCheck,
                http =>
                {
                    var most = http.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value.ChecksPerMinute;
                    return RateLimitPartition.GetTokenBucketLimiter(
                        ClientNetwork.Of(http),
                        _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = most,
                            TokensPerPeriod = 1,
                            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / most,
                        }
                    );
                }
            );
            limits.OnRejected = async (rejected, _) => await AnswerAsync(rejected.HttpContext, rejected.Lease);
        });

    private static Task AnswerAsync(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var given) ? given : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return Problems.Answer(http, Refusal.With("request.slow-down", seconds), StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}
