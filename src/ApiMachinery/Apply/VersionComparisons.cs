using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>How an object changed, in the eyes of each version; made once a version.</summary>
internal sealed class VersionComparisons(FieldManager manager, JsonObject before, JsonObject after, FieldSet ignored)
{
    private readonly Dictionary<string, Comparison> _made = new(StringComparer.Ordinal);

    /// <summary>The differences; null for a version that is no more.</summary>
    public Comparison? Of(string apiVersion)
    {
        if (_made.TryGetValue(apiVersion, out var comparison))
        {
            return comparison;
        }

        if (manager.FindType(apiVersion) is not { } type)
        {
            return null;
        }

        comparison = Comparer.Compare(type, before, after).ExceptBelow(ignored);
        _made.Add(apiVersion, comparison);
        return comparison;
    }
}
