using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Playground.Screens;

/// <summary>Plain lines, for files, pipes and scripts.</summary>
internal sealed class PlainScreen(TextWriter output) : IScreen
{
    private readonly Lock _gate = new();

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    public void Tell(Fleet fleet)
    {
        WriteLine(string.Empty);
        foreach (var member in fleet.Members)
        {
            WriteLine($"  {member.Name} {member.Region} ready={member.IsReady} replicas={member.ReadyReplicas}/{member.Replicas}");
        }
    }

    public Task ShowWhileAsync(IFleetFeed feed, string below, Task work)
    {
        if (below.Length > 0)
        {
            WriteLine(below);
        }

        return work;
    }
}
