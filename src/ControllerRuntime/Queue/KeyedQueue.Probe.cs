namespace KubeFed.ControllerRuntime.Queue;

public sealed partial class KeyedQueue<TKey>
{
    private readonly Probe _probe;

    private QueueObservation Observe()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            double unfinished = 0;
            double longest = 0;
            foreach (var entry in _processing)
            {
                var seconds = _time.GetElapsedTime(entry.ProcessingSince, now).TotalSeconds;
                unfinished += seconds;
                longest = Math.Max(longest, seconds);
            }

            return new QueueObservation(_ready.Count, unfinished, longest);
        }
    }

    private sealed class Probe(KeyedQueue<TKey> queue) : IQueueProbe
    {
        public KeyValuePair<string, object?> NameTag => queue._nameTag;

        public QueueObservation Observe() => queue.Observe();
    }
}
