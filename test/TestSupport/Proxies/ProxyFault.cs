using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeFed.TestSupport.Proxies;

/// <summary>What a <see cref="FaultProxy"/> does with a request instead of passing it on and its answer back.</summary>
public abstract class ProxyFault
{
    /// <summary>Breaks the client's connection, with all that is under way on it; nothing reaches the server.</summary>
    public static ProxyFault Cut { get; } = new Step(static exchange => exchange.CutConnection());

    /// <summary>Takes the request and never answers; when the fault ends, the connection breaks. Nothing reaches the server.</summary>
    public static ProxyFault Stall { get; } = new LaterStep(static async exchange =>
    {
        await exchange.FaultEndsAsync();
        exchange.CutConnection();
    });

    /// <summary>Has the server do it, then breaks off in the middle of the answer.</summary>
    public static ProxyFault HalfAnswer { get; } = new LaterStep(static exchange => exchange.ForwardHalfAsync());

    /// <summary>Opens a watch and ends it at once with the error that its version is gone (410).</summary>
    public static ProxyFault ExpiredWatch { get; } = new LaterStep(static exchange => exchange.AnswerAsync(200, WatchErrors.Expired));

    /// <summary>Passes the request on after a time.</summary>
    public static ProxyFault Delay(TimeSpan time) => new LaterStep(async exchange =>
    {
        await Task.Delay(time, TimeProvider.System, exchange.Aborted);
        await exchange.ForwardAsync();
    });

    /// <summary>Answers with an error; nothing reaches the server.</summary>
    /// <param name="code">The code, such as 500.</param>
    /// <param name="reason">The reason, such as <c>InternalError</c>.</param>
    /// <param name="retryAfter">The header Retry-After, in whole seconds; default none.</param>
    public static ProxyFault Error(int code, string reason, TimeSpan? retryAfter = null) => new LaterStep(exchange =>
    {
        if (retryAfter is { } wait)
        {
            exchange.SetHeader("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"injected: {reason}",
            ["reason"] = reason,
            ["code"] = code,
        };
        return exchange.AnswerAsync(code, status.ToJsonString());
    });

    /// <summary>
    /// Answers as if the client had asked another cluster: reads and watches are that cluster's; writes are done where they belong, and
    /// answered with that cluster's object of the same name where it has one.
    /// </summary>
    /// <param name="other">The proxy of the other cluster, which is asked as its administrator.</param>
    public static ProxyFault AnswerOf(FaultProxy other) => new LaterStep(exchange => exchange.ForwardAnsweredByAsync(other));

    internal abstract Task ApplyAsync(Exchange exchange);

    private sealed class Step(Action<Exchange> step) : ProxyFault
    {
        internal override Task ApplyAsync(Exchange exchange)
        {
            step(exchange);
            return Task.CompletedTask;
        }
    }

    private sealed class LaterStep(Func<Exchange, Task> step) : ProxyFault
    {
        internal override Task ApplyAsync(Exchange exchange) => step(exchange);
    }
}
