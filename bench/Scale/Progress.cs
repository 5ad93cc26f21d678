namespace KubeFed.Scale;

/// <summary>Tells a person what is going on, each line with the seconds since the start.</summary>
internal sealed class Progress(TextWriter writer, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public void Say(string line)
    {
        lock (writer)
        {
            writer.WriteLine($"[{time.GetElapsedTime(_start).TotalSeconds,6:0.0}] {line}");
        }
    }
}
