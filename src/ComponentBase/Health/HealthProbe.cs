using System.Text;

namespace KubeFed.ComponentBase.Health;

/// <summary>Answers probes in kube-apiserver's words.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    public static async Task<HealthReport> RunAsync(
        string probe, IReadOnlyList<HealthCheck> checks, IReadOnlyCollection<string> exclude, bool verbose, TimeProvider time, CancellationToken cancellationToken)
    {
        var reasons = await Task.WhenAll(checks.Select(check =>
            exclude.Contains(check.Name) ? Task.FromResult<string?>(null) : AskAsync(check, time, cancellationToken)));
        var text = new StringBuilder();
        var failures = new List<(string Name, string Reason)>();
        for (var i = 0; i < checks.Count; i++)
        {
            var name = checks[i].Name;
            if (reasons[i] is { } reason)
            {
                failures.Add((name, reason));
                text.Append("[-]").Append(name).Append(" failed: reason withheld\n");
            }
            else
            {
                text.Append("[+]").Append(name).Append(exclude.Contains(name) ? " excluded: ok\n" : " ok\n");
            }
        }

        AppendUnknown(text, exclude.Except(checks.Select(check => check.Name)));
        return failures.Count > 0
            ? new HealthReport(false, $"{text}{probe} check failed\n", failures)
            : new HealthReport(true, verbose ? $"{text}{probe} check passed\n" : "ok", failures);
    }

    public static async Task<HealthReport> RunOneAsync(HealthCheck check, TimeProvider time, CancellationToken cancellationToken) =>
        await AskAsync(check, time, cancellationToken) is { } reason
            ? new HealthReport(false, $"internal server error: {reason}\n", [(check.Name, reason)])
            : new HealthReport(true, "ok", []);

    private static void AppendUnknown(StringBuilder text, IEnumerable<string> names)
    {
        var unknown = names.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"").ToArray();
        if (unknown.Length > 0)
        {
            text.Append("warn: some health checks cannot be excluded: no matches for ").AppendJoin(", ", unknown).Append('\n');
        }
    }

    private static async Task<string?> AskAsync(HealthCheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await check.Check(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return $"no answer within {CheckTimeout.TotalSeconds} seconds";
        }
#pragma warning disable CA1031 // Whatever a check throws is its answer.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return error.Message;
        }
    }
}
