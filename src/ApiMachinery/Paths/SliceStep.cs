using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To items of a list: from the first to the one before the end, by the step. Negative bounds count from the end.</summary>
internal sealed class SliceStep(int? first, int? end, int step) : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        if (node is not JsonArray list)
        {
            return;
        }

        int from = Math.Max(0, Place(first ?? 0, list.Count));
        int to = Math.Min(list.Count, Place(end ?? list.Count, list.Count));
        for (long i = from; i < to; i += step)
        {
            results.Add(list[(int)i]);
        }
    }

    private static int Place(int bound, int count) => bound < 0 ? bound + count : bound;
}
