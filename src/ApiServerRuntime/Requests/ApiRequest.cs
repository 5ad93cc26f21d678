using KubeFed.ApiServerRuntime.Authentication;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>What the handler chain knows of one request. Filters and handlers find it with <see cref="Of"/>.</summary>
public sealed class ApiRequest
{
    internal ApiRequest(RequestInfo info, long startedAt)
    {
        Info = info;
        StartedAt = startedAt;
    }

    /// <summary>What is asked for.</summary>
    public RequestInfo Info { get; }

    /// <summary>The time stamp of the server's time provider when the request came.</summary>
    public long StartedAt { get; }

    /// <summary>On whose behalf the request is served: anonymous until authentication, whoever is impersonated after impersonation.</summary>
    public UserInfo User { get; set; } = UserInfo.Anonymous;

    /// <summary>Who really asks, when the request impersonates somebody; null otherwise.</summary>
    public UserInfo? Impersonator { get; set; }

    /// <summary>What the answer will warn of.</summary>
    public WarningList Warnings { get; } = new();

    /// <summary>Whether the answer is a stream that no request timeout ends: a watch.</summary>
    public bool IsLongRunning => Info is { IsResourceRequest: true, Verb: "watch" };

    /// <summary>Whether the request changes something.</summary>
    public bool IsMutating => Info.IsResourceRequest && Info.Verb is not ("get" or "list" or "watch");

    /// <summary>Whether the resource asked for, with its subresource, is one that is served.</summary>
    internal bool IsServed { get; set; }

    /// <summary>Ends when the client is gone or the request's time is up.</summary>
    public CancellationToken Cancellation { get; internal set; }

    /// <summary>The state of a request that passed the beginning of the handler chain.</summary>
    /// <exception cref="InvalidOperationException">The request did not.</exception>
    public static ApiRequest Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<ApiRequest>() ?? throw new InvalidOperationException("the request did not pass the handler chain");
    }

    /// <summary>The state of a request, or null where it has not passed the beginning of the handler chain.</summary>
    internal static ApiRequest? Find(HttpContext context) => context.Features.Get<ApiRequest>();
}
