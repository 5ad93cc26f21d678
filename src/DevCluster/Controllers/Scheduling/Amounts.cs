using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>Amounts of resources by name: thousandths of <c>cpu</c>, whole units of everything else.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Amounts
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Pods = "pods";

    private static readonly ImmutableSortedDictionary<string, long> None = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
    private readonly ImmutableSortedDictionary<string, long>? _values;

    private Amounts(ImmutableSortedDictionary<string, long> values) => _values = values;

    public long this[string resource] => Values.GetValueOrDefault(resource);

    /// <summary>The resources of which there is an amount, in the order of their names.</summary>
    public IEnumerable<string> Resources => Values.Keys;

    private ImmutableSortedDictionary<string, long> Values => _values ?? None;

    public static Amounts Of(IEnumerable<KeyValuePair<string, Quantity>> quantities) => new(
        quantities.ToImmutableSortedDictionary(static q => q.Key, static q => q.Key == Cpu ? q.Value.MilliValue : q.Value.Value, StringComparer.Ordinal));

    public Amounts With(string resource, long amount) => new(Values.SetItem(resource, amount));

    public Amounts Plus(Amounts other) => Merge(other, static (a, b) => a + b);

    public Amounts Minus(Amounts other) => Merge(other, static (a, b) => a - b);

    /// <summary>The larger amount of each resource.</summary>
    public Amounts Max(Amounts other) => Merge(other, Math.Max);

    private Amounts Merge(Amounts other, Func<long, long, long> combine)
    {
        if (other.Values.Count == 0)
        {
            return this;
        }

        var result = Values.ToBuilder();
        foreach (var (resource, amount) in other.Values)
        {
            result[resource] = combine(this[resource], amount);
        }

        return new Amounts(result.ToImmutable());
    }
}
