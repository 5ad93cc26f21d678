using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A list of JSON, read through a schema.</summary>
internal sealed class CelJsonList(JsonArray items, CelShape shape) : CelList
{
    private readonly CelShape _element = shape.Element ?? CelShape.Any;

    public override int Count => items.Count;

    public override CelShape? Shape => shape;

    public override CelValue this[int index] => CelJson.Read(items[index], _element);
}
