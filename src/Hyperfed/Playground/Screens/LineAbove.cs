using Spectre.Console;
using Spectre.Console.Rendering;

namespace KubeFed.Hyperfed.Playground.Screens;

/// <summary>A line that is written where a live display begins, which is then drawn below it: what was there is erased first.</summary>
internal sealed class LineAbove(string line) : Renderable
{
    private const string EraseBelow = "\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseBelow), .. ((IRenderable)new Text(line)).Render(options, maxWidth), Segment.LineBreak];
}
