using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Library;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>All functions that expressions may call, those of the language and those that Kubernetes adds.</summary>
internal sealed class CelLibrary
{
    private readonly Dictionary<string, List<CelOverload>> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CelOverload>> _methods = new(StringComparer.Ordinal);

    private CelLibrary()
    {
        CelOperators.Register(this);
        CelConversions.Register(this);
        CelStrings.Register(this);
        CelRegex.Register(this);
        CelLists.Register(this);
        CelTimes.Register(this);
        CelOptionals.Register(this);
        CelQuantities.Register(this);
        CelUrls.Register(this);
        CelAddresses.Register(this);
        CelVersions.Register(this);
        CelNamedFormats.Register(this);
    }

    public static CelLibrary Instance { get; } = new();

    public IReadOnlyList<CelOverload>? Functions(string name) => _functions.GetValueOrDefault(name);

    public IReadOnlyList<CelOverload>? Methods(string name) => _methods.GetValueOrDefault(name);

    /// <summary>Adds a function that costs one unit.</summary>
    public void Function(string name, CelImplementation implementation, params ReadOnlySpan<string> signatures) =>
        Add(_functions, name, implementation, 1, signatures);

    /// <summary>Adds a method that costs one unit.</summary>
    public void Method(string name, CelImplementation implementation, params ReadOnlySpan<string> signatures) =>
        Add(_methods, name, implementation, 1, signatures);

    /// <summary>Adds a function that charges for itself.</summary>
    public void CostedFunction(string name, CelImplementation implementation, params ReadOnlySpan<string> signatures) =>
        Add(_functions, name, implementation, 0, signatures);

    /// <summary>Adds a method that charges for itself.</summary>
    public void CostedMethod(string name, CelImplementation implementation, params ReadOnlySpan<string> signatures) =>
        Add(_methods, name, implementation, 0, signatures);

    private static void Add(
        Dictionary<string, List<CelOverload>> table, string name, CelImplementation implementation, int cost, ReadOnlySpan<string> signatures)
    {
        if (!table.TryGetValue(name, out List<CelOverload>? overloads))
        {
            table[name] = overloads = [];
        }

        foreach (string signature in signatures)
        {
            (CelType[] parameters, CelType result) = CelSignature.Parse(signature);
            overloads.Add(new CelOverload(parameters, result, implementation, cost));
        }
    }
}
