namespace KubeFed.ComponentBase.Health;

/// <summary>A named question about a part of the process.</summary>
/// <param name="Name">The name in the answers and in <c>/readyz/name</c>: lower case, without slashes.</param>
/// <param name="Check">
/// Returns null when all is well and otherwise why not. An exception counts as a failure with its message. It is called on every probe,
/// so it should look at what is known rather than find out; after five seconds it counts as failed.
/// </param>
public sealed record HealthCheck(string Name, Func<CancellationToken, ValueTask<string?>> Check)
{
    /// <summary>A check that looks at a condition.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isWell">Whether all is well.</param>
    /// <param name="otherwise">Why not, when it is not.</param>
    public static HealthCheck Of(string name, Func<bool> isWell, string otherwise) =>
        new(name, _ => ValueTask.FromResult(isWell() ? null : otherwise));
}
