namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Allows reading some paths to everybody, also to anonymous clients. A path that ends in <c>*</c> stands for all that begin so.</summary>
public sealed class PathAuthorizer(params IReadOnlyList<string> paths) : IAuthorizer
{
    /// <summary>Health and version: all that nobody has to prove anything for.</summary>
    public static PathAuthorizer Public { get; } = new("/healthz", "/healthz/*", "/livez", "/livez/*", "/readyz", "/readyz/*", "/version", "/version/");

    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        if (attributes.IsResourceRequest || attributes.Verb is not ("get" or "head"))
        {
            return ValueTask.FromResult(AuthorizationDecision.NoOpinion);
        }

        foreach (var path in paths)
        {
            if (path.EndsWith('*') ? attributes.Path.AsSpan().StartsWith(path.AsSpan(0, path.Length - 1), StringComparison.Ordinal) : path == attributes.Path)
            {
                return ValueTask.FromResult(AuthorizationDecision.Allow);
            }
        }

        return ValueTask.FromResult(AuthorizationDecision.NoOpinion);
    }
}
