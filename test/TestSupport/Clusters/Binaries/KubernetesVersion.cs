using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>The version of a Kubernetes program, so far as its command line depends on it.</summary>
internal sealed partial record KubernetesVersion(int Major, int Minor)
{
    /// <summary>Whether kube-controller-manager opens an insecure port on every address unless told not to; the flag is gone since 1.24.</summary>
    public bool HasInsecurePort => Major == 1 && Minor < 24;

    /// <summary>Asks a program for its version.</summary>
    /// <exception cref="ClusterException">It does not answer as Kubernetes' programs do.</exception>
    public static async Task<KubernetesVersion> OfAsync(string program, CancellationToken cancellationToken)
    {
        var result = await ProcessRunner.RunAsync(program, ["--version"], cancellationToken: cancellationToken);
        return TryParse(result.Output, out var version)
            ? version
            : throw new ClusterException($"{program} does not tell its version: {result}");
    }

    /// <summary>Reads <c>Kubernetes v1.20.2</c>.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out KubernetesVersion? version)
    {
        var match = Pattern().Match(text);
        version = match.Success ? new KubernetesVersion(Number(match, "major"), Number(match, "minor")) : null;
        return match.Success;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Kubernetes v(?<major>\d{1,4})\.(?<minor>\d{1,4})\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
