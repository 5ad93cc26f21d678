using System.Globalization;

namespace KubeFed.FederationControllerManager.Members;

/// <summary>
/// Compares resource versions of one resource of one server. Kubernetes promises since 1.35 that they are comparable as
/// numbers, and every server before it made them so.
/// </summary>
internal static class ResourceVersions
{
    /// <summary>Whether a version is the same as another or newer. What is no number counts as newer, so that nobody waits for it.</summary>
    public static bool IsAtLeast(string? version, string? other) =>
        !TryParse(other, out var right) || (TryParse(version, out var left) ? left >= right : !string.IsNullOrEmpty(version));

    private static bool TryParse(string? version, out ulong number) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
