using System.Text.Json;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>Amounts of resources by name, in thousandths; never above <see cref="long.MaxValue"/>.</summary>
internal sealed class Amounts : Dictionary<string, long>
{
    /// <summary>The resource of which every pod takes one.</summary>
    public const string Pods = "pods";

    public Amounts()
        : base(StringComparer.Ordinal)
    {
    }

    public Amounts(Amounts other)
        : base(other, StringComparer.Ordinal)
    {
    }

    /// <summary>Reads a map of quantities; what is no quantity is left out.</summary>
    public static Amounts Read(JsonElement map)
    {
        var amounts = new Amounts();
        if (map.ValueKind != JsonValueKind.Object)
        {
            return amounts;
        }

        foreach (var member in map.EnumerateObject())
        {
            var text = member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.Value.ToString() : string.Empty;
            if (Quantity.TryParse(text, out var quantity, out _) && quantity.Sign >= 0)
            {
                amounts[member.Name] = quantity.MilliValue;
            }
        }

        return amounts;
    }

    /// <summary>Adds each amount.</summary>
    public void Add(Amounts other)
    {
        foreach (var (name, amount) in other)
        {
            var sum = (Int128)this.GetValueOrDefault(name) + amount;
            this[name] = (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
        }
    }

    /// <summary>Takes each amount away from those that there are; less than nothing may remain.</summary>
    public void Subtract(Amounts other)
    {
        foreach (var (name, amount) in other)
        {
            if (TryGetValue(name, out var had))
            {
                this[name] = (long)Int128.Clamp((Int128)had - amount, long.MinValue, long.MaxValue);
            }
        }
    }

    /// <summary>Raises each amount to at least the other's.</summary>
    public void RaiseTo(Amounts other)
    {
        foreach (var (name, amount) in other)
        {
            this[name] = Math.Max(this.GetValueOrDefault(name), amount);
        }
    }

    /// <summary>Whether all amounts are the same.</summary>
    public bool SameAs(Amounts other) => Count == other.Count && this.All(a => other.TryGetValue(a.Key, out var amount) && amount == a.Value);
}
