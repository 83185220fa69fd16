using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimiser written over tensors, with a state for each parameter.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    /// <summary>Options for what a group leaves open.</summary>
    protected OptimizerOptions _defaults = null!;

    private protected readonly Dictionary<Parameter, OptimizerState> States = new(ReferenceEqualityComparer.Instance);

    public OptimizerHelper()
        : base(0)
    {
    }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group) => base.add_param_group(param_group);

    /// <inheritdoc/>
    public override void zero_grad() => base.zero_grad();

    /// <summary>Moves the state to a device.</summary>
    public void to(Device device)
    {
        foreach (var state in States.Values)
            state.to(device);
    }

    /// <summary>The state: the objects themselves, not copies.</summary>
    public virtual optim.Optimizer.StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            List<int> places = [];
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(States[parameter]);
            }

            dictionary.StateIndexRef.Add(places);
        }

        return dictionary;
    }

    /// <summary>Takes over a state of an optimiser with the same groups (copies).</summary>
    public virtual void load_state_dict(optim.Optimizer.StateDictionary state_dict)
    {
        RequireSame("groups", _parameter_groups.Count, state_dict.Options.Count);
        for (var g = 0; g < _parameter_groups.Count; g++)
        {
            Parameter[] parameters = [.. _parameter_groups[g].Parameters];
            RequireSame($"parameters in group {g}", parameters.Length, state_dict.StateIndexRef[g].Count);
            _parameter_groups[g].Options.LoadStateDict(state_dict.Options[g]);
            for (var p = 0; p < parameters.Length; p++)
                States[parameters[p]].LoadStateDict(state_dict.State[state_dict.StateIndexRef[g][p]]);
        }
    }

    /// <summary>Writes the state to a file.</summary>
    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>Writes the state.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        writer.Write(_parameter_groups.Count);
        foreach (var group in _parameter_groups)
        {
            group.Options.SaveStateDict(writer);
            Parameter[] parameters = [.. group.Parameters];
            writer.Write(parameters.Length);
            foreach (var parameter in parameters)
                States[parameter].SaveStateDict(writer);
        }
    }

    /// <summary>Reads a state from a file.</summary>
    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>Reads a state that <see cref="save_state_dict(BinaryWriter)"/> wrote. The layout is this stand-in's own.</summary>
    public void load_state_dict(BinaryReader reader)
    {
        var kind = reader.ReadString();
        if (kind != GetType().Name)
            throw new InvalidDataException($"The state is of an optimiser '{kind}', not of '{GetType().Name}'.");
        RequireSame("groups", _parameter_groups.Count, reader.ReadInt32());
        for (var g = 0; g < _parameter_groups.Count; g++)
        {
            _parameter_groups[g].Options.LoadStateDict(reader);
            Parameter[] parameters = [.. _parameter_groups[g].Parameters];
            RequireSame($"parameters in group {g}", parameters.Length, reader.ReadInt32());
            foreach (var parameter in parameters)
                States[parameter].LoadStateDict(reader);
        }
    }

    /// <summary>Runs the closure with recording on, then the body for each group with recording off and in a dispose scope.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var recording = enable_grad();
            loss = loss_closure();
        }

        using var silent = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
            body((T)group);
        return loss;
    }

    private static void RequireSame(string what, int own, int given)
    {
        if (own != given)
            throw new ArgumentException($"The optimiser has {own} {what}, the state {given}.");
    }
}
