using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>What an apply made.</summary>
/// <param name="Object">The object, with its new managedFields. Defaults, pruning and validation are still to come.</param>
/// <param name="Changed">Whether the object or the owners of its fields differ from before; times alone are no difference.</param>
public sealed record ApplyResult(JsonObject Object, bool Changed);
