using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>Splits <c>apiVersion</c> once for each type that is seen, not for each object. A table of fixed size, as <see cref="StringPool"/>.</summary>
internal static class TypePool
{
    private static readonly Entry?[] Slots = new Entry?[512];

    /// <summary>The type, or null when the <c>apiVersion</c> is malformed.</summary>
    public static GroupVersionKind? Find(string? apiVersion, string kind)
    {
        if (apiVersion is null)
        {
            return null;
        }

        var hash = HashCode.Combine(string.GetHashCode(apiVersion, StringComparison.Ordinal), string.GetHashCode(kind, StringComparison.Ordinal));
        ref var slot = ref Slots[(uint)hash % (uint)Slots.Length];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && entry.ApiVersion == apiVersion && entry.Type.Kind == kind)
        {
            return entry.Type;
        }

        if (!GroupVersion.TryParse(apiVersion, out var groupVersion))
        {
            return null;
        }

        var type = groupVersion.WithKind(kind);
        Volatile.Write(ref slot, new Entry(apiVersion, type));
        return type;
    }

    private sealed record Entry(string ApiVersion, GroupVersionKind Type);
}
