namespace Microsoft.ML.Runtime;

/// <summary>The environment behind a context, and the hosts of the components below it.</summary>
internal sealed class HostEnvironment : IHost, IHostEnvironmentInternal, ICancelable
{
    private readonly string _name;
    private readonly HostEnvironment _root;
    private readonly HostEnvironment _parent;
    private readonly Random _random;
    private readonly object _lock = new();
    private readonly Dictionary<string, object> _options;
    private volatile bool _canceled;

    internal HostEnvironment(int? seed)
    {
        Seed = seed;
        _root = this;
        _random = TauswortheHybrid.Create(seed);
        _options = [];
        ComponentCatalog = new ComponentCatalog();
        TempFilePath = Path.GetTempPath();
    }

    private HostEnvironment(HostEnvironment parent, string name, Random random)
    {
        _parent = parent;
        _root = parent._root;
        _random = random;
        _options = parent._options;

        // ML.NET names a host after its grandparent, not its parent.
        _name = parent._parent?._name is string above ? $"{above}; {name}" : name;
        Seed = parent.Seed;
        ComponentCatalog = parent.ComponentCatalog;
        TempFilePath = parent.TempFilePath;
        GpuDeviceId = parent.GpuDeviceId;
        FallbackToCpu = parent.FallbackToCpu;
    }

    internal event Action<string, ChannelMessage> Message;

    public int? Seed { get; }

    public string TempFilePath { get; set; }

    public bool FallbackToCpu { get; set; }

    public int? GpuDeviceId { get; set; }

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand => _random;

    public string ContextDescription => _name ?? "HostEnvironment";

    public bool IsCanceled => _canceled || (_parent?.IsCanceled ?? false);

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
        {
            return new HostEnvironment(this, name, seed is int value ? TauswortheHybrid.Create(value) : new TauswortheHybrid(_random));
        }
    }

    public IChannel Start(string name) => new Channel(this, Qualify(name));

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new Pipe<TMessage>(Qualify(name));

    public IProgressChannel StartProgressChannel(string name)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return new SilentProgressChannel();
    }

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is not null)
        {
            ex.Data["Throwing component"] = ContextDescription;
            Contracts.Mark(ex);
        }

        return ex;
    }

    public void CancelExecution() => _canceled = true;

    public bool TryAddOption<T>(string name, T value)
    {
        lock (_options)
        {
            return _options.TryAdd(CheckedOption(name), value);
        }
    }

    public void SetOption<T>(string name, T value)
    {
        lock (_options)
        {
            _options[CheckedOption(name)] = value;
        }
    }

    public bool TryGetOption<T>(string name, out T value)
    {
        lock (_options)
        {
            bool found = _options.TryGetValue(CheckedOption(name), out object stored) && stored is T;
            value = found ? (T)stored : default;
            return found;
        }
    }

    public T GetOptionOrDefault<T>(string name)
    {
        lock (_options)
        {
            return _options.TryGetValue(CheckedOption(name), out object stored) ? (T)stored : default;
        }
    }

    public bool RemoveOption(string name)
    {
        lock (_options)
        {
            return _options.Remove(CheckedOption(name));
        }
    }

    private static string CheckedOption(string name) => string.IsNullOrWhiteSpace(name) ? throw new ArgumentNullException(nameof(name)) : name;

    private string Qualify(string name) => _name is null ? name : $"{_name}; {name}";

    private sealed class Pipe<TMessage>(string name) : IPipe<TMessage>
    {
        public string ContextDescription => name;

        public TException Process<TException>(TException ex)
            where TException : Exception => ex is null ? null : Contracts.Mark(ex);

        // Only log messages have listeners.
        public void Send(TMessage msg)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Channel : IChannel
    {
        private readonly HostEnvironment _owner;
        private readonly string _source;
        private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();
        private bool _disposed;

        internal Channel(HostEnvironment owner, string source)
        {
            _owner = owner;
            _source = source;
            Trace(MessageSensitivity.None, "Channel started");
        }

        public string ContextDescription => _source;

        public void Send(ChannelMessage msg) => _owner._root.Message?.Invoke(_source, msg);

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new ChannelMessage(ChannelMessageKind.Trace, sensitivity, fmt));

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new ChannelMessage(ChannelMessageKind.Trace, sensitivity, fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(new ChannelMessage(ChannelMessageKind.Error, sensitivity, fmt));

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new ChannelMessage(ChannelMessageKind.Error, sensitivity, fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new ChannelMessage(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new ChannelMessage(ChannelMessageKind.Warning, sensitivity, fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new ChannelMessage(ChannelMessageKind.Info, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new ChannelMessage(ChannelMessageKind.Info, sensitivity, fmt, args));

        public TException Process<TException>(TException ex)
            where TException : Exception => _owner.Process(ex);

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", _watch.Elapsed);
            Trace(MessageSensitivity.None, "Channel disposed");
        }
    }

    // Progress reaches nobody in ML.NET either, unless a console environment asks for it.
    private sealed class SilentProgressChannel : IProgressChannel
    {
        public IProgressChannel StartProgressChannel(string name) => new SilentProgressChannel();

        public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction) => ArgumentNullException.ThrowIfNull(header);

        public void Checkpoint(params double?[] values)
        {
        }

        public void Dispose()
        {
        }
    }
}
